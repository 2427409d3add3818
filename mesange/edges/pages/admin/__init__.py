"""The pages under /admin: for those who keep this server, in the order of their role."""
