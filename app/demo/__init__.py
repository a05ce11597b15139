"""The demonstration: sample accounts, originals and scenario programmes, made through the product's own actions."""
