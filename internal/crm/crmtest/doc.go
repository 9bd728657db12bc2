// Package crmtest is the conformance suite that every vendor client passes against the sandbox, with the servers that the
// tests of clients need.
package crmtest
