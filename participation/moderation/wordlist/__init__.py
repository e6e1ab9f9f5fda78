"""The city's own words for screening: listed, ended, and known to every process within seconds."""
