"""Joining instructions (convocations), with house rules and welcome booklet."""
