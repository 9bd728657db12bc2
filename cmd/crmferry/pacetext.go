package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"crmferry/internal/failure"
)

// paceText is the pace of a vendor for people: "20 requests a minute (documented by RogerRoger)".
func paceText(p pace, v *vendor) string {
	why := ""
	switch p.Source {
	case paceAsked:
		why = "--rate"
	case paceSandbox:
		why = "sandbox"
	case paceDocumented:
		why = "documented by " + v.Name
	case paceDefault:
		why = fmt.Sprintf("a default: %s documents no limit; --rate sets another", v.Name)
	}
	return fmt.Sprintf("%s (%s)", p.Limit, why)
}

// excessText warns of a pace above what the vendor allows, "" if it is not. flag is the value of --rate.
func excessText(p pace, v *vendor, flag string) string {
	if !p.Excess {
		return ""
	}
	return fmt.Sprintf("--rate %s is above what %s documents (%s): requests may be refused", flag, v.Name, v.Limit)
}

// readRate reads the value of --rate; nil if it is not given.
func readRate(flag string) (*rateLimit, error) {
	if flag == "" {
		return nil, nil
	}
	limit, err := parseRate(flag)
	return &limit, err
}

// parseRate reads the value of --rate: a whole number per s, m or h, or "off".
func parseRate(s string) (rateLimit, error) {
	if s == "off" {
		return rateLimit{}, nil
	}
	number, unit, _ := strings.Cut(s, "/")
	per, known := map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour}[unit]
	n, err := strconv.Atoi(number)
	if !known || err != nil || n < 1 {
		return rateLimit{}, failure.Usage(`give a number of requests per second, minute or hour: --rate 20/m, or --rate off`,
			"--rate %q is not a rate", s)
	}
	return rateLimit{Requests: n, Per: per}, nil
}
