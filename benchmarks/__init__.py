"""Measuring Liasse: data made in bulk, then speed, memory and weight, by the doors people use."""
