"""Operations: what a supervisor, a balancer and Prometheus ask: /livez, /readyz, /metrics."""
