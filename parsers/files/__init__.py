"""Files by their bytes: what each is, containers unwrapped, pictures decoded and made anew, several sheets on one picture parted."""
