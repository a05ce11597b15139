"""Files that leave for other tools and come back: translations, memories, glossaries, packages.

Each module reads what goes out, plans what a file would do, and brings it in as one act. The files themselves are
read and written by `formats`; Word has its own modules beside this folder.
"""
