"""Assessment of what was learnt; surveys of trainees, clients and trainers."""
