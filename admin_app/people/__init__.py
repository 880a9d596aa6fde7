"""Trainers and their skills, clients and their contacts, trainees."""
