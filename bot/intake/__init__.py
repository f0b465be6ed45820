"""How an update comes in, and why none is lost.

`polling` or `webhook` hands raw updates to `Intake.accept`, which returns when the `journal` has committed them to the
inbox; only then does Telegram hear that they arrived. `lanes` bring them to the handlers, in order within a chat, chats
side by side. When a handler is through, the row is deleted; an update counts as at work until that is on the disk, so a
crash repeats at most as many as there are workers. `failures` decides what is tried again; what fails for good is set
aside for the organisers. `flood` keeps one chat from filling the house.
"""
