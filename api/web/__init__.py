"""The recruiter's page at ``/``: the same batches as those of the API, for people with a browser."""
