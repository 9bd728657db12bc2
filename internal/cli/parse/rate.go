package parse

import (
	"strconv"
	"strings"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/failure"
)

// Rate reads the value of --rate; nil if it is not given.
func Rate(flag string) (*account.RateLimit, error) {
	if flag == "" {
		return nil, nil
	}
	limit, err := parseRate(flag)
	return &limit, err
}

// parseRate reads the value of --rate: a whole number per s, m or h, or "off".
func parseRate(s string) (account.RateLimit, error) {
	if s == "off" {
		return account.RateLimit{}, nil
	}
	number, unit, given := strings.Cut(s, "/")
	if !given {
		unit = "s"
	}
	per, known := map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour}[unit]
	n, err := strconv.Atoi(number)
	if !known || err != nil || n < 1 {
		return account.RateLimit{}, failure.Usage(`give a number of requests per second, minute or hour: --rate 20/m, or --rate off`,
			"--rate %q is not a rate", s)
	}
	return account.RateLimit{Requests: n, Per: per}, nil
}
