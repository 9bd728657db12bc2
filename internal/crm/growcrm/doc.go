// Package growcrm is the client of the contacts API of Grow CRM.
package growcrm
