"""What the office keeps of quality: watch, complaints, improvements, risks."""
