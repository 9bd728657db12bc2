// Package api holds what the simulated vendors have in common: routes, authentication, limits, one lock, collections of
// records, and schemas by which bodies and queries are checked.
//
// A vendor is a package beside this one. It makes a Vendor of its Settings, and states its rules from its own pages.
package api
