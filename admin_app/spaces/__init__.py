"""The front doors: office, trainer, client, trainee, auditor, public."""
