"""What tests of every folder share: builders of logs, ways to read and export them, independent readers, processes,
fakes.

``records`` builds the lines of each source; ``log_files`` writes them. ``workbench`` works on a store in the test's own
thread, ``read_session`` goes through a session as a front end does, ``program`` runs the program as a process of its
own. ``oracle`` and ``recount`` say independently what files and aggregations should hold. ``window``, ``fakes`` and
``window_texts`` need Qt; the rest does not.
"""
