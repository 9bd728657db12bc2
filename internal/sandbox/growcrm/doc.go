// Package growcrm simulates Grow CRM by its documented rules: contacts, and the clients that they belong to.
package growcrm
