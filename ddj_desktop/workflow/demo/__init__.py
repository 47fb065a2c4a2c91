"""The made-up county: people who do not exist, what befell them in three years, and the files its
systems would export.

Read in this order: names, places, people, households, plan, hard_pairs, the stories, mistakes, the writers (one a
system), truth, county.
"""
