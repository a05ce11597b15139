"""Why things differ: needs, background study, findings and what they speak for, case studies, the checklist."""
