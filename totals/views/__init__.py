"""The pages of the totals: the public numbers, the members' book, statements and the register of activities."""
