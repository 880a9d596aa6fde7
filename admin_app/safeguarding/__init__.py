"""Violence, harassment, discrimination: a closed register."""
