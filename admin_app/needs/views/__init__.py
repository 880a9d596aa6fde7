"""What the pages about needs show: the client’s in `analysis`, the trainees’ in `positioning`."""
