"""Where the office's pages about adaptations are declared."""

from admin_app.core.access import Pages, Permission

pages = Pages("adaptations", "office", prefix="/adaptations")
DECIDE = Permission.ADAPTATIONS_DECIDE
DISABILITY = Permission.DISABILITY_READ
NETWORK, NETWORK_READ = Permission.NETWORK_MANAGE, Permission.NETWORK_READ
