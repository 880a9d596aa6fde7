"""The forms of requests for adaptation and of accommodations."""
