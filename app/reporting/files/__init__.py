"""Reports as files: a workbook, a document. They say what the page says; nobody's name is in them."""
