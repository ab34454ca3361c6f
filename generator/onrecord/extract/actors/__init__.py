"""Who is who: names, descriptions, roles and pronouns joined to actors. The stage itself is ``find``."""
