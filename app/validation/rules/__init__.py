"""Rules on trying editions out: scales and questions, results, agendas, lists of people, workshops, remarks."""
