"""The pages of single things, a module a subject: hand-drawn forms, what hangs on each thing, what can be done to it."""
