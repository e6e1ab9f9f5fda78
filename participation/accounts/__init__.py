"""People of the city: districts, schools, classes, roles, sign-in and guardians' consent."""
