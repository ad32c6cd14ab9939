using Sigma.Compilation;
using Sigma.Pipelines;
using Sigma.Tests.Backends;
using Sigma.Text;

namespace Sigma.Tests.Objects;

/// <summary>The format <c>data_model</c> of splunk: tstats over a data model, as its page in the Search Reference has it.</summary>
public sealed class DataModelFormatTests
{
    private const string Head = "| tstats summariesonly=false allow_old_summaries=false fillnull_value=\"absent\" count min(_time) as firstTime max(_time) as lastTime from datamodel=";
    private const string Processes = " by Processes.process, Processes.dest, Processes.process_current_directory, Processes.process_path, Processes.process_integrity_level, "
        + "Processes.original_file_name, Processes.parent_process, Processes.parent_process_path, Processes.parent_process_guid, Processes.parent_process_id, Processes.process_guid, "
        + "Processes.process_id, Processes.user";

    private const string Registry = " by Registry.dest, Registry.registry_value_data, Registry.action, Registry.process_path, Registry.process_guid, Registry.process_id, Registry.registry_path";
    private const string Traffic = " by All_Traffic.dest, All_Traffic.dest_ip, All_Traffic.dest_port, All_Traffic.direction, All_Traffic.process_id, All_Traffic.transport, All_Traffic.src, All_Traffic.src_ip, "
        + "All_Traffic.src_port, All_Traffic.user";

    private const string Written = "(Filesystem.action=\"created\" OR Filesystem.action=\"modified\")";
    private const string Set = "category: registry_set, product: windows";
    private const string Files = " by Filesystem.dest, Filesystem.file_create_time, Filesystem.process_path, Filesystem.process_guid, Filesystem.process_id, Filesystem.file_path, Filesystem.action";
    private const string Process = "category: process_creation, product: windows";
    private const string File = "category: file_event, product: windows";

    [Theory]
    [InlineData(Process, "{User: Agent Smith}", "s", "Endpoint.Processes where Processes.user=\"Agent Smith\"" + Processes)]
    [InlineData(Process, "{Image|endswith: '\\a.exe', CommandLine|contains: [b, '\"c']}", "s",
        "Endpoint.Processes where (Processes.process_path=\"*\\\\a.exe\" (Processes.process=\"*b*\" OR Processes.process=\"*\\\"c*\"))" + Processes)]
    [InlineData(File, "{TargetFilename: a, Image: null}", "not s", "Endpoint.Filesystem where (" + Written + " NOT (Filesystem.file_path=\"a\" NOT Filesystem.process_path=\"*\"))" + Files)]
    [InlineData(File, "{TargetFilename|re: 'a+'}", "s", "Endpoint.Filesystem where " + Written + Files + " | eval 'Filesystem.file_path'=nullif('Filesystem.file_path',\"absent\") | where match('Filesystem.file_path',\"a+\")")]
    [InlineData(File, "{TargetFilename|startswith: a, ProcessId|gte: 5}", "s",
        "Endpoint.Filesystem where (" + Written + " Filesystem.file_path=\"a*\")" + Files + " | eval 'Filesystem.process_id'=nullif('Filesystem.process_id',\"absent\") | where tonumber('Filesystem.process_id')>=tonumber(\"5\")")]
    [InlineData(File, "{TargetFilename|cased: a}", "not s",
        "Endpoint.Filesystem where " + Written + Files + " | eval 'Filesystem.file_path'=nullif('Filesystem.file_path',\"absent\") | eval sigma_1=if(match('Filesystem.file_path',\"^a\\z\"),1,0) | search NOT (sigma_1=1)")]
    [InlineData(Set, "{TargetObject|contains: '\\Run', Details: 'DWORD (0x00000001)', EventType: setvalue}", "s",
        "Endpoint.Registry where (Registry.action=\"modified\" Registry.registry_path=\"*\\\\Run*\" Registry.registry_value_data=\"0x00000001\")" + Registry)]
    [InlineData("category: registry_event, product: windows", "{Details|contains: '(0x00000001-0x00000000)'}", "s",
        "Endpoint.Registry where Registry.registry_value_data=\"0x00000001-0x00000000\"" + Registry)]
    [InlineData("category: process_creation, product: macos", "{Image|endswith: /osascript, User: root}", "s", "Endpoint.Processes where (Processes.process_path=\"*/osascript\" Processes.user=\"root\")" + Processes)]
    [InlineData("category: file_event, product: linux", "{TargetFilename|startswith: /etc/}", "s", "Endpoint.Filesystem where (" + Written + " Filesystem.file_path=\"/etc/*\")" + Files)]
    [InlineData("category: file_delete, product: windows", "{TargetFilename|endswith: .evtx}", "s", "Endpoint.Filesystem where (Filesystem.action=\"deleted\" Filesystem.file_path=\"*.evtx\")" + Files)]
    [InlineData("category: network_connection, product: windows", "{DestinationHostname|endswith: .a, DestinationPort: 443, Initiated: 'true'}", "s",
        "Network_Traffic.All_Traffic where (All_Traffic.dest=\"*.a\" All_Traffic.dest_port=\"443\" All_Traffic.direction=\"outbound\")" + Traffic)]
    [InlineData("category: firewall", "{dst_port: 22, action: blocked}", "s",
        "Network_Traffic.All_Traffic where (All_Traffic.dest_port=\"22\" All_Traffic.action=\"blocked\") by All_Traffic.action, All_Traffic.dest_ip, All_Traffic.dest_port, All_Traffic.src_ip, All_Traffic.src_port")]
    [InlineData("category: dns_query, product: windows", "{QueryName|endswith: .onion}", "s", "Network_Resolution.DNS where DNS.query=\"*.onion\" by DNS.query, DNS.answer, DNS.record_type")]
    [InlineData("category: dns", "{query: a, record_type: TXT}", "s", "Network_Resolution.DNS where (DNS.query=\"a\" DNS.record_type=\"TXT\") by DNS.query, DNS.answer, DNS.record_type")]
    [InlineData("product: zeek, service: dns", "{query: a, id.resp_p: 53}", "s",
        "Network_Resolution.DNS where (DNS.query=\"a\" DNS.dest_port=\"53\") by DNS.query, DNS.answer, DNS.record_type, DNS.reply_code_id, DNS.reply_code, DNS.src, DNS.src_port, DNS.dest, DNS.dest_port")]
    [InlineData("category: webserver", "{cs-method: POST, sc-status: 200}", "s",
        "Web.Web where (Web.http_method=\"POST\" Web.status=\"200\") by Web.http_method, Web.uri_query, Web.uri_path, Web.http_user_agent, Web.http_referrer, Web.cookie, Web.user, Web.status, Web.src")]
    [InlineData("category: proxy", "{c-uri|endswith: .class, src_ip|cidr: 10.0.0.0/8}", "s",
        "Web.Web where nodename=Web.Proxy Web.url=\"*.class\" by Web.url, Web.uri_query, Web.uri_path, Web.http_user_agent, Web.http_method, Web.dest, Web.http_referrer, Web.src, Web.dest_ip"
        + " | eval 'Web.src'=nullif('Web.src',\"absent\") | where cidrmatch(\"10.0.0.0/8\",'Web.src')")]
    public void A_condition_is_asked_in_the_data_model_and_behind_it(string source, string detection, string condition, string expected)
    {
        string query = Convert(source, detection, condition).Query!;

        string root = query[(query.IndexOf(" as lastTime from datamodel=", StringComparison.Ordinal) + 28)..].Split('.', ' ')[1];
        query.Should().Be(Head + expected + $" | rename {root}.* as *");
    }

    [Theory]
    [InlineData(Process, "{Hashes: x}", "SIG0410", "the field is 'Hashes'")]
    [InlineData("category: dns_query, product: windows", "{QueryName: x, Image: y}", "SIG0410", "the field is 'Image'")]
    [InlineData("category: network_connection, product: windows", "{DestinationPort: 4444, Image: y}", "SIG0410", "the field is 'Image'")]
    [InlineData("category: network_connection, product: windows", "{User: 'a\\b'}", "SIG0410", "the field is 'All_Traffic.user'")]
    [InlineData("category: network_connection, product: windows", "{Initiated|contains: 'e'}", "SIG0410", "the field is 'All_Traffic.direction'")]
    [InlineData("category: firewall", "{action: accept}", "SIG0410", "the field is 'All_Traffic.action'")]
    [InlineData("category: file_delete, product: windows", "{TargetFilename: x, User: y}", "SIG0410", "the field is 'User'")]
    [InlineData("category: webserver", "{sc-win32-status: 1}", "SIG0410", null)]
    [InlineData("product: windows, service: security", "{EventID: 4625}", "SIG0410", null)]
    [InlineData(Process, "['a word']", "SIG0410", null)]
    [InlineData(Process, "{User: 'NT AUTHORITY\\SYSTEM'}", "SIG0410", "the field is 'Processes.user'")]
    [InlineData(Process, "{User|contains: [AUTHORI, AUTORI]}", "SIG0410", null)]
    [InlineData(Process, "{User|startswith: 'NT AUTH'}", "SIG0410", null)]
    [InlineData(Process, "{User|re: 'a.*'}", "SIG0410", null)]
    [InlineData(Set, "{Details|startswith: DWORD}", "SIG0410", null)]
    [InlineData(Set, "{Details|contains: WORD}", "SIG0410", null)]
    [InlineData(Set, "{Details|endswith: '1)'}", "SIG0410", null)]
    [InlineData(Set, "{Details|re: 'DWORD.*'}", "SIG0410", null)]
    [InlineData(Set, "{EventType: DeleteKey}", "SIG0410", "the field is 'Registry.action'")]
    public void What_the_data_model_lacks_is_refused(string source, string detection, string code, string? hint)
    {
        Conversion conversion = Convert(source, detection, "s");

        conversion.Query.Should().BeNull();
        conversion.Diagnostics.Should().Contain(d => d.Code.Id == code && d.Severity == Severity.Error && (hint == null || d.Hint == hint));
    }

    [Fact]
    public void A_data_model_has_no_text_of_the_event()
    {
        CompilerTarget known = Repository.Target("splunk", "data_model");
        Pipeline pipeline = PipelineReader.Read(new SourceText("p.yml", "name: p\npriority: 1\ntransformations: [{type: set_state, key: data_model_set, val: A.B}, {type: set_state, key: fields, val: [B.f]}]\n"), "p", [])!;
        foreach (string keywords in (string[])["[a]", "['a*']", "[a, b]"])
        {
            new Compiler([new CompilerTarget(known.Backend, known.Format, [pipeline])]).Convert(Rule("category: test", keywords, "s")).Single().Diagnostics
                .Should().Contain(d => d.Code.Id == "SIG0601" && d.Message.Contains("fields only"), keywords);
        }
    }

    [Fact]
    public void A_count_is_refused() => Convert(Process, "{Image: x}", "s | count() by User > 5").Diagnostics.Should().Contain(d => d.Code.Id == "SIG0606");

    [Theory]
    [InlineData("", "no pipeline names the data model")]
    [InlineData("{type: set_state, key: data_model_set, val: Endpoint}", "'Endpoint' is no data model and dataset")]
    [InlineData("{type: set_state, key: data_model_set, val: 'A.B | delete'}", "'A.B | delete' is no data model and dataset")]
    [InlineData("{type: set_state, key: data_model_set, val: A.B}, {type: set_state, key: fields, val: [B.f]}", "the data model A.B has no field 'g'")]
    public void A_pipeline_has_to_name_the_data_model_and_its_fields(string steps, string message)
    {
        CompilerTarget known = Repository.Target("splunk", "data_model");
        Pipeline pipeline = PipelineReader.Read(new SourceText("p.yml", $"name: p\npriority: 1\ntransformations: [{steps}]\n"), "p", [])!;
        new Compiler([new CompilerTarget(known.Backend, known.Format, [pipeline])]).Convert(Rule("category: test", "{g: x}", "s")).Single().Diagnostics
            .Should().Contain(d => d.Code.Id == "SIG0601" && d.Message.Contains(message));
    }

    [Fact]
    public void Options_say_which_summaries_are_searched()
    {
        CompilerTarget target = Repository.Target("splunk", "data_model", ("summariesonly", "true"), ("allow_old_summaries", "true"));
        new Compiler([target]).Convert(Rule(Process, "{Image: x}", "s")).Single().Query.Should().StartWith("| tstats summariesonly=true allow_old_summaries=true ");
    }

    [Fact]
    public void Fields_that_are_shown_are_grouped_by()
    {
        Conversion conversion = new Compiler([Repository.Target("splunk", "data_model")])
            .Convert(new SourceText("a.yml", $"title: T\nfields: [Image, Hashes]\nlogsource: {{{File}}}\ndetection: {{s: {{TargetFilename: x}}, condition: s}}\n")).Single();

        conversion.Query.Should().Contain("Filesystem.process_path");
        conversion.Diagnostics.Should().Contain(d => d.Code.Id == "SIG0609" && d.Message.Contains("'Hashes' is not shown"));
    }

    private static Conversion Convert(string source, string detection, string condition) =>
        new Compiler([Repository.Target("splunk", "data_model")]).Convert(Rule(source, detection, condition)).Single();

    private static SourceText Rule(string source, string detection, string condition) =>
        new("a.yml", $"title: T\nlogsource: {{{source}}}\ndetection:\n  s: {detection}\n  condition: {condition}\n");
}
