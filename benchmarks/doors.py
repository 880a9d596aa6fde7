"""Where the measures knock. Imports nothing: the floor uses it too, and must stay bare."""

SIGN_IN = "/connexion"
FLOOR = "/plancher"
FLOOR_APPLICATION = "benchmarks.floor:app"
COUNTING_APPLICATION = "benchmarks.counting:app"
