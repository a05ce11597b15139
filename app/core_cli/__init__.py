"""Commands over the pure core: plain files in, plain files out, neither database nor web framework loaded."""
