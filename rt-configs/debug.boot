# What debug.config has and only does when it is told to.
page_owner=on
debug_pagealloc=on
page_poison=1
page_table_check=on
