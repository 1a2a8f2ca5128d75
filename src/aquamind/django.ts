/** Tables of Django's own. */

/** Django fills these when it migrates; they are loaded into a target without their rows only. */
export const DJANGO_OWN = ["django_content_type", "auth_permission"];
