# KASAN knows who had a page. Without page_owner, which counts it twice, a page that was
# poisoned can come back (bench/together/offline).
page_owner=off
