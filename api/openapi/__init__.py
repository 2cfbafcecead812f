"""The OpenAPI document: what of the service stands in `/docs` and is made into clients."""
