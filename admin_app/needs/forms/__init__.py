"""Needs: forms, the client's in `analysis`, the trainees' in `positioning`."""
