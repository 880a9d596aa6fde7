"""Cohorts (sessions), their half-days, trainers, clients and enrolments."""
