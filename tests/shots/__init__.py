"""Pictures of every page: `python -m tests.shots` writes contact sheets per role, device, language and light."""
