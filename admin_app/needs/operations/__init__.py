"""Needs: operations, the client's in `analysis`, the trainees' in `positioning`."""
