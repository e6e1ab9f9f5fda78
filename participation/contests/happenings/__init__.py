"""What happens in calls for works, by subject; veiled is whatever a child or a juror did."""
