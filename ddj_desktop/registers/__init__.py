"""What the county itself keeps: sources and their legal class, partners and agreements, unit costs."""
