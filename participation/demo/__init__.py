"""A made-up city with schools, people and matters at every stage, for trying the site out."""
