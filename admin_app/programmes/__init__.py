"""Programmes (formations) and their dated versions."""
