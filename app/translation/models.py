"""How translations stand: which text was made of which, in what state, and the words agreed upon."""
