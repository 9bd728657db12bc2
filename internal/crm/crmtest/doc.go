// Package crmtest is the conformance suite that every vendor client passes against the sandbox.
package crmtest
