"""Made reports with known facts, so that completeness can be measured at any number of reports.

The templates were written from how townships word such reports, without sight of the
rules that read them. The gold is what was put in, so nobody has to read 10,000 reports.
"""
