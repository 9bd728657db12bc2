// Package transport holds the http.RoundTrippers through which every request to a vendor goes.
package transport
