using Sigma.Events.Matching;

namespace Sigma.Tests.Logs;

/// <summary>
/// Records of auditd, as the kernel (kernel/auditsc.c, kernel/audit.c) and auditd's library write them: which fields are escaped says its typetab.h.
/// </summary>
public sealed class AuditdTests
{
    [Theory]
    // Long arguments lie in several fields, over several records (audit_log_execve_info).
    [InlineData("EXECVE|argc=2 a0=\"sh\" a1_len=12 a1[0]=77686F61 a1[1]=6D69", "a0=sh|a1=whoami|a1_len=12|argc=2")]
    [InlineData("EXECVE|argc=3 a0=\"sh\" a1=\"-c\" a2_len=12 a2[0]=\"who\"|EXECVE|a2[1]=\"ami\"", "a1=-c|a2=whoami")]
    [InlineData("EXECVE|argc=2 a0=\"sh\" a1_len=6 a1[0]=20C3 a1[1]=A4", "a1= ä")]
    [InlineData("EXECVE|argc=2 a0=\"cat\" a1=2F6574632F736861646F7720", "a1=/etc/shadow ")]
    // A quoted text has no escapes: a backslash is a backslash, and the next field begins where it does.
    [InlineData("EXECVE|argc=3 a0=\"sh\" a1=\"\\\" a2=\"evil\"", "a1=\\|a2=evil")]
    [InlineData("EXECVE|argc=2 a0=\"sh\" a1=\"C:\\\\x\"", "a1=C:\\\\x")]
    // Only blanks separate fields.
    [InlineData("USER_START|pid=1 uid=0 msg='op=PAM:session_open grantors=pam_usertype,pam_unix acct=\"root\" exe=\"/usr/bin/su\" hostname=? addr=? terminal=pts/0 res=success'", "grantors=pam_usertype,pam_unix|acct=root|res=success|terminal=pts/0")]
    [InlineData("AVC|avc:  denied  { read } for  pid=7 comm=\"x\" scontext=u:r:t:s0:c1,c2 tclass=file permissive=0", "scontext=u:r:t:s0:c1,c2|comm=x|tclass=file")]
    [InlineData("PATH|item=0 name=\"/a\" obj=u:r:t:s0:c1,c2 nametype=NORMAL", "obj=u:r:t:s0:c1,c2|nametype=NORMAL")]
    [InlineData("USER_LOGIN|pid=1 msg='op=login acct=\"root\" hostname=h, addr=10.0.0.1, terminal=tty1 res=success'", "hostname=h|addr=10.0.0.1|terminal=tty1")]
    // What a program reports ends with the last quote; auditd's readable words stand behind it.
    [InlineData("USER_AUTH|pid=1 msg='op=PAM:authentication acct=\"o'brien\" exe=\"/usr/bin/su\" res=failed'\u001dUID=\"o'root\" AUID=\"x\"", "acct=o'brien|exe=/usr/bin/su|res=failed|UID=o'root|AUID=x")]
    // Figures are figures, whatever digits they have.
    [InlineData("CONFIG_CHANGE|op=set audit_backlog_limit=8192 old=64 auid=0 res=1", "old=64|audit_backlog_limit=8192")]
    [InlineData("SYSCALL|syscall=59 a0=5566 a1=10 comm=6D7920636D64 exe=\"/bin/sh\" key=(null)", "a0=5566|a1=10|comm=my cmd|exe=/bin/sh")]
    public void A_record_says_what_the_kernel_and_programs_say(string records, string fields)
    {
        string[] parts = records.Split('|');
        string content = string.Concat(parts.Chunk(2).Select(record => $"type={record[0]} msg=audit(1772438400.123:45): {record[1]}\n"));

        Event e = LogText.Events(content).Should().ContainSingle().Subject;

        foreach (string pair in fields.Split('|'))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            e.Values.Where(value => value.Name == pair[..equals]).Select(value => value.Text).Should().Equal([pair[(equals + 1)..]], pair);
        }

        e.Values.Should().NotContain(value => value.Name.Contains('['));
    }

    /// <summary>
    /// What a program reports has no record that ends it (EOE). As in auditd's library, which waits two seconds, it is whole when an event of two seconds
    /// later begins, and the events come in the order in which they began.
    /// </summary>
    [Fact]
    public void An_event_without_an_end_does_not_come_behind_later_ones()
    {
        string login = "type=USER_LOGIN msg=audit(1772438400.100:1): pid=1 ses=7 msg='op=login res=success'\n";
        string commands = string.Concat(Enumerable.Range(2, 5).Select(i =>
            $"type=SYSCALL msg=audit(177243840{i}.000:{i}): syscall=59\ntype=EXECVE msg=audit(177243840{i}.000:{i}): argc=1 a0=\"id\"\ntype=EOE msg=audit(177243840{i}.000:{i}): \n"));

        LogText.Events(login + commands).Select(e => e.Find("audit_id")).Should().Equal("1", "2", "3", "4", "5", "6");
    }

    /// <summary>Records of one event that lie apart are one event as long as nothing tells that it is over; another host's clock does not.</summary>
    [Theory]
    [InlineData("type=SYSCALL msg=audit(1.000:1): syscall=59|type=SYSCALL msg=audit(2.000:2): syscall=2|type=PATH msg=audit(1.000:1): name=\"/a\"", "1,2")]
    [InlineData("node=a type=SYSCALL msg=audit(1.000:1): syscall=59|node=b type=SYSCALL msg=audit(9.000:2): syscall=2|node=a type=PATH msg=audit(1.000:1): name=\"/a\"", "1,2")]
    [InlineData("type=SYSCALL msg=audit(1.000:1): syscall=59|type=SYSCALL msg=audit(9.000:2): syscall=2|type=EOE msg=audit(1.000:1): |type=EOE msg=audit(9.000:2): ", "1,2")]
    public void Records_that_lie_apart_are_one_event(string records, string numbers) =>
        LogText.Events(records.Replace('|', '\n') + "\n").Select(e => e.Find("audit_id")).Should().Equal(numbers.Split(','));

    /// <summary>AUDIT_KEY_SEPARATOR of libaudit.h: several keys of one rule are one value in hexadecimal digits.</summary>
    [Fact]
    public void Several_keys_are_values_of_their_own()
    {
        Event e = LogText.Events("type=SYSCALL msg=audit(1772438400.123:45): syscall=59 key=7375737001657865\n").Should().ContainSingle().Subject;

        e.Values.Where(value => value.Name == "key").Select(value => value.Text).Should().Equal("susp", "exe");
    }

    /// <summary>A comma belongs to the value unless a blank or another name follows.</summary>
    [Theory]
    [InlineData("type=event user=a groups=wheel,sudo action=login", "groups=wheel,sudo|action=login")]
    [InlineData("type=event,user=a,action=login", "type=event|user=a|action=login")]
    [InlineData("type=event; user=a; action=login;", "type=event|user=a|action=login")]
    [InlineData("type=event user=a action=login,", "action=login")]
    public void A_list_of_names_and_values_is_read_with_its_lists(string line, string fields)
    {
        Event e = LogText.Events(line + "\n").Should().ContainSingle().Subject;

        foreach (string pair in fields.Split('|'))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            e.Find(pair[..equals]).Should().Be(pair[(equals + 1)..]);
        }
    }
}
