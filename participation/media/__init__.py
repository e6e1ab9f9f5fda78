"""Every file of the site goes through here: pictures, drawings, sounds, looked at and made anew."""
