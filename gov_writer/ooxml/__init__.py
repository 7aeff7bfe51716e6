"""Office Open XML packages without trust: bounded unzipping, no entities, nothing external, and a walk
over a document's text that knows the run behind every character (reading and commenting share it).
"""
