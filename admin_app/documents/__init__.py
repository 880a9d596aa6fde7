"""Documents: checked for their mandatory mentions, rendered once, stored by their hash.

`operations.issue` makes one, `queries` reads them, `replies.reply` hands one out,
`engines.working_paper` makes sheets to write upon. `templates/layouts/document.html` says how a
kind of document is made.
"""
