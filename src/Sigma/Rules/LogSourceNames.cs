using System.Collections.Frozen;

namespace Sigma.Rules;

/// <summary>The names that log sources have by the specification's taxonomy and the conventions of the public rules, as facts of December 2025.</summary>
internal static class LogSourceNames
{
    /// <summary>The categories.</summary>
    public static IReadOnlyCollection<string> Categories { get; } = Set(
    [
        "antivirus", "appliance", "application", "clipboard_capture", "create_remote_thread", "create_stream_hash",
        "database", "dns", "dns_query", "driver_load", "file_access", "file_block_executable", "file_block_shredding",
        "file_change", "file_delete", "file_delete_detected", "file_event", "file_executable_detected", "file_rename",
        "firewall", "image_load", "network_connection", "pipe_created", "process_access", "process_creation",
        "process_tampering", "process_termination", "proxy", "ps_classic_provider_start", "ps_classic_start", "ps_module",
        "ps_script", "raw_access_thread", "registry_add", "registry_delete", "registry_event", "registry_rename",
        "registry_set", "sysmon_error", "sysmon_status", "webserver", "wmi_event",
    ]);

    /// <summary>The products.</summary>
    public static IReadOnlyCollection<string> Products { get; } = Set(
    [
        "aws", "azure", "bitbucket", "cisco", "django", "fortigate", "fortios", "gcp", "github", "huawei", "juniper", "jvm",
        "kubernetes", "linux", "m365", "macos", "modsecurity", "nodejs", "okta", "onelogin", "opencanary", "paloalto",
        "python", "qualys", "rpc_firewall", "ruby_on_rails", "spring", "sql", "velocity", "windows", "zeek",
    ]);

    /// <summary>The services.</summary>
    public static IReadOnlyCollection<string> Services { get; } = Set(
    [
        "aaa", "activitylogs", "apache", "application", "applocker", "appmodel-runtime", "appxdeployment-server",
        "appxpackaging-om", "audit", "auditd", "auditlogs", "auth", "bgp", "bits-client", "capi2",
        "certificateservicesclient-lifecycle-system", "clamav", "cloudtrail", "codeintegrity-operational", "cron", "dce_rpc",
        "diagnosis-scripted", "dns", "dns-client", "dns-server", "dns-server-analytic", "driver-framework", "duo", "event",
        "exchange", "firewall-as", "gcp.audit", "globalprotect", "google_workspace.admin", "google_workspace.login",
        "guacamole", "http", "iis-configuration", "kerberos", "ldap", "ldp", "lsa-server", "microsoft-servicebus-client",
        "msexchange-management", "netflow", "nginx", "ntlm", "okta", "onelogin.events", "openssh", "pim",
        "powershell-classic", "printservice-admin", "printservice-operational", "rdp", "riskdetection", "security",
        "security-mitigations", "shell-core", "signinlogs", "smb_files", "smbclient-connectivity", "smbclient-security",
        "smbserver-connectivity", "sshd", "sslvpnd", "sudo", "syslog", "sysmon", "system", "taskscheduler",
        "terminalservices-localsessionmanager", "threat_detection", "threat_management", "vsftpd", "windefend", "wmi",
        "x509",
    ]);

    private static FrozenSet<string> Set(ReadOnlySpan<string> names) => FrozenSet.Create(StringComparer.Ordinal, names);
}
